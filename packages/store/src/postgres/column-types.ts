import {
  type ColumnDefinitionNode,
  DataTypeNode,
  GeneratedNode,
  type KyselyPlugin,
  OperationNodeTransformer,
  type OperationNode,
  RawNode,
} from "kysely";

class ColumnTypes extends OperationNodeTransformer {
  protected override transformColumnDefinition(node: ColumnDefinitionNode): ColumnDefinitionNode {
    const { dataType, primaryKey } = node;
    if (!isType(dataType, "integer") || primaryKey !== true) return super.transformColumnDefinition(node);
    const generated = GeneratedNode.create({ identity: true, byDefault: true });
    return super.transformColumnDefinition({ ...node, generated });
  }

  protected override transformNodeImpl<T extends OperationNode>(node: T): T {
    if (isType(node, "integer")) return DataTypeNode.create("bigint") as OperationNode as T;
    if (isType(node, "text")) return RawNode.createWithSql('text collate "C"') as OperationNode as T;
    return super.transformNodeImpl(node);
  }
}

function isType(node: OperationNode, type: string): boolean {
  return DataTypeNode.is(node) && node.dataType === type;
}

const transformer = new ColumnTypes();

/**
 * Gives a migration's columns the meaning in PostgreSQL that they have in SQLite: whole numbers of 64 bits, an integer
 * primary key that is given out when left out, and texts that are in the order of their code points.
 */
export const columnTypes: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => transformer.transformNode(node, queryId),
  transformResult: async ({ result }) => result,
};

// All that hangs below the buttons for collections and walls, loaded when one of them is first wanted.
export { CollectionMenu } from "./collection-menu.tsx";
export { HangMenu } from "./hang-menu.tsx";
export { HoldingMenu } from "./holding-menu.tsx";
export { WallsList } from "./walls-list.tsx";

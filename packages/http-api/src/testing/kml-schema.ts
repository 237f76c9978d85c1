/**
 * What Argus writes of KML, held to the rules of KML 2.2 (OGC 07-147r2): which elements there are, in which order, and
 * what they hold. The order within a feature is the part that readers are strict about.
 */
export const KML_SCHEMA = `<?xml version="1.0" encoding="UTF-8"?>
<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:kml="http://www.opengis.net/kml/2.2"
  targetNamespace="http://www.opengis.net/kml/2.2" elementFormDefault="qualified">
  <element name="kml">
    <complexType>
      <sequence>
        <element name="Document" type="kml:Document"/>
      </sequence>
    </complexType>
  </element>
  <group name="FeatureHead">
    <sequence>
      <element name="name" type="string" minOccurs="0"/>
      <element name="visibility" type="boolean" minOccurs="0"/>
      <element name="open" type="boolean" minOccurs="0"/>
      <element name="address" type="string" minOccurs="0"/>
      <element name="phoneNumber" type="string" minOccurs="0"/>
      <element name="Snippet" type="string" minOccurs="0"/>
      <element name="description" type="string" minOccurs="0"/>
      <element name="styleUrl" type="anyURI" minOccurs="0"/>
      <element name="ExtendedData" type="kml:ExtendedData" minOccurs="0"/>
    </sequence>
  </group>
  <complexType name="Document">
    <sequence>
      <group ref="kml:FeatureHead"/>
      <element name="Placemark" type="kml:Placemark" minOccurs="0" maxOccurs="unbounded"/>
    </sequence>
  </complexType>
  <complexType name="Placemark">
    <sequence>
      <group ref="kml:FeatureHead"/>
      <element name="Point" type="kml:Point" minOccurs="0"/>
    </sequence>
    <attribute name="id" type="ID"/>
  </complexType>
  <complexType name="ExtendedData">
    <sequence>
      <element name="Data" type="kml:Data" minOccurs="0" maxOccurs="unbounded"/>
    </sequence>
  </complexType>
  <complexType name="Data">
    <sequence>
      <element name="displayName" type="string" minOccurs="0"/>
      <element name="value" type="string"/>
    </sequence>
    <attribute name="name" type="string" use="required"/>
  </complexType>
  <complexType name="Point">
    <sequence>
      <element name="extrude" type="boolean" minOccurs="0"/>
      <element name="altitudeMode" type="string" minOccurs="0"/>
      <element name="coordinates" type="kml:Coordinates"/>
    </sequence>
  </complexType>
  <simpleType name="Coordinates">
    <restriction base="string">
      <pattern value="-?(1[0-7][0-9]|[0-9]?[0-9]|180)(\\.[0-9]+)?,-?([0-8]?[0-9]|90)(\\.[0-9]+)?(,-?[0-9]+(\\.[0-9]+)?)?"/>
    </restriction>
  </simpleType>
</schema>`;

"""The XML names and identifiers of the standards."""

DS = "{http://www.w3.org/2000/09/xmldsig#}"
XADES = "{http://uri.etsi.org/01903/v1.3.2#}"
XADES141 = "{http://uri.etsi.org/01903/v1.4.1#}"
ASIC = "{http://uri.etsi.org/02918/v1.2.1#}"
MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
TSL = "{http://uri.etsi.org/02231/v2#}"

ASICE_TYPE = "application/vnd.etsi.asic-e+zip"
SIGNED_PROPERTIES_TYPE = "http://uri.etsi.org/01903#SignedProperties"
TIME_MARK_POLICY = "urn:oid:1.3.6.1.4.1.10015.1000.3.2.1"

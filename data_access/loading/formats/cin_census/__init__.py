"""The DfE children in need census (XML, layouts of 2013 to 2026), read into sheets of the native shape."""

from data_access.loading.formats.cin_census.reading import read
from data_access.loading.formats.cin_census.recognising import is_xml

__all__ = ["is_xml", "read"]

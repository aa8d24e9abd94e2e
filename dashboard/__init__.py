"""The dashboard: what is judged, drawn and said of the measures, and the command line."""

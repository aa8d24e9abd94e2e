"""The thin data layer: extracts in, measures out. Knows no Streamlit and draws nothing."""

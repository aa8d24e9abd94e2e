"""What pages, exports and packs say, from an actor and one state of the data. Nothing here knows Streamlit."""

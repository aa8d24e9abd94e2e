"""The merge of checked rows with what stands: fates, affected keys, one transaction."""

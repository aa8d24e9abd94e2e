"""Files spoilt in every way that chance finds: each reader gives a clean load, or a refusal that names the file."""

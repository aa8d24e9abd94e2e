"""The sample council: a seeded story of one children's service, written as the extracts of a real one."""

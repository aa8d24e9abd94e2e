"""The database: opened from a URL, its tables, its migrations, and the fast ways in and out."""

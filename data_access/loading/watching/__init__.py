"""A folder that is watched: what arrives in it is loaded once, whole and in order, and then set aside.

Shares of a network tell nobody when a file arrives, so the folder is looked at every few seconds. What is there is
one of these deliveries:

- a sub-folder, with all its files;
- a file by itself: a workbook, a census;
- CSV files that lie loose in the folder, together with the `manifest.csv` that names their extracts.

A delivery is loaded when it is *whole*: no file of it has changed for some seconds and each can be opened; none has
the name of a copy that is still under way (`.part`, `.tmp`, `.crdownload`); CSV files have their manifest, and every
extract that the manifest names is there. Several are loaded in the order in which they were taken, as far as a
manifest says it, then in the order of arrival. One that doesn't become whole is told after an hour.

What was loaded moves to `loaded`, what was refused to `refused` with the reason beside it. It moves after the load's
transaction: whoever is killed in between loads the same files again, which changes nothing, and moves them then.
A database that is locked or away, a full disk, a share that is gone are no fault of the delivery: it stays, and is
tried again.

With `live` the as-at time is moved on to now, after loads and every few minutes. That is only sound where the folder
is the one feed and is kept up to date, so that silence means that nothing happened. It is therefore not done while
something waits to become whole, and not after a refusal until something was loaded again.
"""

from data_access.loading.watching.folder_lock import only_watcher
from data_access.loading.watching.rounds import Round, Watch

__all__ = ["Round", "Watch", "only_watcher"]

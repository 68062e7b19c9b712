# Written by Muster; changes are lost.
[app]
workers = {{ params.workers }}
name = {{ node.name }}

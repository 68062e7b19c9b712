# {{ node.name }}, release {{ params.version }}: written by Muster, changes are lost.
server {
  listen {{ vars.http_port | default(80) }};
  server_name {{ node.name }};
  root {{ vars.release }};
}

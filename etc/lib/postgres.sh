# A PostgreSQL server of one's own on a free loopback port. Sourced, not run; wants lib/common.sh.

pgbin=/usr/lib/postgresql/15/bin
postgres_dir=

as_postgres() { if [ "$(id -u)" = 0 ]; then (cd / && setpriv --reuid=postgres --regid=postgres --clear-groups "$@"); else "$@"; fi; }

# start_postgres [on|off]: starts it and exports PILOT_TEST_POSTGRES, a connection string of its superuser. Commits wait for
# the disk when told "on"; a test's database need not outlive a power cut.
start_postgres() {
  local fsync=${1:-off}
  postgres_dir=$(mktemp -d)
  local port; port=$(free_port)
  [ "$(id -u)" != 0 ] || chown postgres "$postgres_dir"
  as_postgres "$pgbin/initdb" -D "$postgres_dir/data" -U pilot -A trust --encoding UTF8 --locale C.UTF-8 >/dev/null \
    && as_postgres "$pgbin/pg_ctl" -D "$postgres_dir/data" -w -l "$postgres_dir/log" \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$postgres_dir -c fsync=$fsync -c max_connections=400" start >/dev/null \
    || { cat "$postgres_dir/log" 2>/dev/null; return 1; }
  export PILOT_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=pilot;Database=postgres"
}

stop_postgres() {
  [ -n "$postgres_dir" ] || return 0
  as_postgres "$pgbin/pg_ctl" -D "$postgres_dir/data" -m immediate stop >/dev/null 2>&1
  rm -rf "$postgres_dir"
  postgres_dir=
}

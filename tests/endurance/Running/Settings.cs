namespace Equaticket.Endurance.Running;

/// <summary>The configuration files of HAProxy and PgBouncer.</summary>
internal static class Settings
{
    public static string Proxy(
        int port, IEnumerable<ProductHost> hosts, int databasePort, IEnumerable<DatabaseServer> servers) => $"""
        global
          maxconn 4000
        defaults
          timeout connect 2s
          timeout check 3s
          timeout client 1h
        frontend clients
          bind 127.0.0.1:{port}
          mode http
          default_backend hosts
        backend hosts
          mode http
          balance roundrobin
          timeout server 60s
          option forwardfor
          option httpchk GET /readyz
          option redispatch 1
          retries 3
          retry-on conn-failure
          default-server check inter 500ms fall 2 rise 2
        {string.Join('\n', hosts.Select(host => $"  server {host.Name} 127.0.0.1:{host.Port}"))}
        listen database
          bind 127.0.0.1:{databasePort}
          mode tcp
          timeout server 1h
          option httpchk GET /primary
          default-server check inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
        {string.Join('\n', servers.Select(each => $"  server {each.Name} 127.0.0.1:{each.Port} port {each.RestPort}"))}

        """;

    public static string Pooler(int port, int databasePort, string role, string users) => $"""
        [databases]
        {role} = host=127.0.0.1 port={databasePort}
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = {port}
        unix_socket_dir =
        auth_type = scram-sha-256
        auth_file = {users}
        pool_mode = transaction
        default_pool_size = 90
        max_client_conn = 500
        server_login_retry = 1
        query_wait_timeout = 10
        ignore_startup_parameters = extra_float_digits,options

        """;
}

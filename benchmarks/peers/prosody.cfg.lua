-- Prosody for a comparison on loopback: anybody may come in, no encryption, no limits, no history on disk.
daemonize = false
run_as_root = true
pidfile = "{folder}/prosody.pid"
data_path = "{folder}"
log = { warn = "{folder}/prosody.log" }
network_backend = "epoll"
interfaces = { "127.0.0.1" }
c2s_ports = { {port} }
s2s_ports = {}
modules_enabled = { "saslauth" }
modules_disabled = { "s2s", "tls", "offline" }
c2s_require_encryption = false
s2s_require_encryption = false
VirtualHost "localhost"
    authentication = "anonymous"
Component "rooms.localhost" "muc"
    muc_room_locking = false
    max_history_messages = 0

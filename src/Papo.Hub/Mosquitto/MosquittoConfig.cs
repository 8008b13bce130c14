// Owns: the text of the configuration that a supervised Mosquitto runs with.
// Must never: name a file outside the hub's folder, or leave at its default what loses messages or delays them.
using System.Net;
using System.Text;

namespace Papo.Hub;

/// <summary>Where one listener is, and its certificate when it speaks TLS.</summary>
internal sealed record MosquittoListener(IPEndPoint EndPoint, bool Tls);

/// <summary>Certificate chain and key, as PEM files.</summary>
internal sealed record CertificateFiles(string Chain, string Key);

internal static class MosquittoConfig
{
    private const string MaxConnections = "max_connections 2000";

    // Defaults that would hurt: Nagle's algorithm delays answers by 40 ms, 1,000 queued messages are a short absence, sessions for ever
    // fill the memory, and a snapshot every 30 minutes loses much. The limits are those of the embedded broker.
    private const string Common = """
        # Written by papo at each start; changes are lost.
        per_listener_settings false
        allow_anonymous true
        set_tcp_nodelay true
        max_inflight_messages 100
        max_queued_messages 100000
        max_queued_bytes 134217728
        max_packet_size 1048576
        persistent_client_expiration 7d
        persistence true
        autosave_interval 60
        log_dest stderr
        log_timestamp false
        log_type error
        log_type warning
        log_type notice
        connection_messages false

        """;

    /// <summary>The whole file.</summary>
    /// <param name="data">Folder for its data.</param>
    /// <param name="listeners">At least one.</param>
    /// <param name="certificate">For the listeners that speak TLS.</param>
    /// <param name="user">The user to stay, where the program would change to another one; or null.</param>
    public static string Text(string data, IEnumerable<MosquittoListener> listeners, CertificateFiles? certificate, string? user)
    {
        var text = new StringBuilder(Common.ReplaceLineEndings("\n"));
        Line(text, $"persistence_location {data}{Path.DirectorySeparatorChar}");
        if (user is not null)
        {
            Line(text, $"user {user}");
        }

        foreach (var listener in listeners)
        {
            Line(text, $"listener {listener.EndPoint.Port} {listener.EndPoint.Address}");
            Line(text, MaxConnections);
            if (listener.Tls)
            {
                Line(text, $"certfile {certificate!.Chain}");
                Line(text, $"keyfile {certificate.Key}");
            }
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}

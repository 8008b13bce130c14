// Owns: where a PostgreSQL server is, as a person writes it.
// Must never: show a password.
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Papo.Hub;

/// <summary>
/// <c>postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=MODE</c>, each part optional; <c>?host=/FOLDER</c> means a socket in a folder. A password that
/// is not named comes from PGPASSWORD or the password file, as with other programs of PostgreSQL.
/// </summary>
public sealed record PostgresAddress
{
    private const int DefaultPort = 5432;

    private PostgresAddress(string connectionString, string shown, string url) => (ConnectionString, Shown, Url) = (connectionString, shown, url);

    /// <summary>Without user and password: for people and logs.</summary>
    public string Shown { get; }

    /// <summary>As it was written, without the password: for a file or a program of PostgreSQL.</summary>
    public string Url { get; }

    internal string ConnectionString { get; }

    /// <summary>Reads an address.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PostgresAddress? address)
    {
        address = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql") || Uri.UnescapeDataString(text).Contains('\0'))
        {
            return false; // no name, password or setting has a zero character
        }

        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Length == 0 ? "localhost" : uri.Host.Trim('[', ']'),
            Port = uri.Port < 0 ? DefaultPort : uri.Port,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/')) is { Length: > 0 } name ? name : "papo",
            ApplicationName = "papo hub",
            Pooling = false,
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            Timeout = 10,
            CommandTimeout = 60,
            KeepAlive = 30,
            IncludeErrorDetail = false,
        };
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user is [_, var password])
        {
            builder.Password = Uri.UnescapeDataString(password);
        }

        if (!TakeQuery(uri, builder))
        {
            return false;
        }

        address = new PostgresAddress(builder.ConnectionString, $"postgres://{builder.Host}:{builder.Port}/{builder.Database}", WithoutPassword(text));
        return true;
    }

    /// <summary>A URL without what stands between the first colon and the last at sign of its authority; anything else as it is.</summary>
    public static string WithoutPassword(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        if (start < 3)
        {
            return url;
        }

        var slash = url.IndexOf('/', start);
        var authority = slash < 0 ? url[start..] : url[start..slash];
        var at = authority.LastIndexOf('@');
        var colon = at < 0 ? -1 : authority.IndexOf(':', 0, at);
        return colon < 0 ? url : url[..(start + colon)] + url[(start + at)..];
    }

    /// <inheritdoc/>
    public override string ToString() => Shown;

    private static bool TakeQuery(Uri uri, NpgsqlConnectionStringBuilder builder)
    {
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static pair => pair.Split('=', 2)))
        {
            var value = pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : "";
            switch (pair[0])
            {
                case "host":
                    builder.Host = value;
                    break;
                case "sslmode" when Enum.TryParse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var mode):
                    builder.SslMode = mode;
                    break;
                case "sslrootcert":
                    builder.RootCertificate = value;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }
}

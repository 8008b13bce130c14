// Owns: a PostgreSQL server of a test: made in a folder of its own, on a free port, killed and started again on demand.
// Must never: touch the system's clusters.
using System.Diagnostics;
using Npgsql;
using Papo.Hub;

namespace Papo.Tests.World;

/// <summary>A real server; its user is "papo", its database too.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private static readonly string Programs = Directory.EnumerateDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin";
    private readonly string _folder = Directory.CreateTempSubdirectory("papo-pg-").FullName;
    private readonly int _port = FreePort.Next();
    private Process? _process;

    private PostgresServer()
    {
    }

    /// <summary>Its address as an operator writes it.</summary>
    public string Url => $"postgres://papo@127.0.0.1:{_port}/papo";

    public ArchivePlace Place => ArchivePlace.TryParse(Url, out var place) ? place : throw new InvalidOperationException(Url);

    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        try
        {
            using (var open = Process.Start("chmod", ["0777", server._folder]))
            {
                await open.WaitForExitAsync();
            }

            await RunAsync("initdb", "-D", server.Data, "-U", "papo", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C");
            await server.StartAgainAsync();
            await server.QueryAsync("CREATE DATABASE papo", "postgres");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it (again); returns when it takes connections.</summary>
    public async Task StartAgainAsync()
    {
        _process = Process.Start(Command("postgres", "-D", Data, "-p", $"{_port}", "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={_folder}"))!;
        _ = _process.StandardError.ReadToEndAsync();
        _ = _process.StandardOutput.ReadToEndAsync();
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await QueryAsync("SELECT 1", "postgres");
                return;
            }
            catch (NpgsqlException) when (deadline.Elapsed < TimeSpan.FromSeconds(30) && !_process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }

    /// <summary>As a power cut would: every process of it at once.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>The first column of a query.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string sql, string database = "papo")
    {
        await using var source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={_port};Username=papo;Database={database};Pooling=false;Timeout=5");
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(Convert.ToString(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture) ?? "");
        }

        return rows;
    }

    /// <summary>A query in the schema of the one space that the database holds.</summary>
    public async Task<IReadOnlyList<string>> InSpaceAsync(string sql)
    {
        var schema = (await QueryAsync("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'papo_%'")).Single();
        return await QueryAsync(sql.Replace("entries", $"{schema}.entries", StringComparison.Ordinal).Replace("words", $"{schema}.words", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(Command(program, arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(errors);
        }
    }

    // The server refuses to run as root.
    private static ProcessStartInfo Command(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
        string[] line = Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", $"{Programs}/{program}", .. arguments] : [$"{Programs}/{program}", .. arguments];
        start.FileName = line[0];
        foreach (var argument in line[1..])
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}

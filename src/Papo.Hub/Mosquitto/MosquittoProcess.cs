// Owns: one run of Mosquitto: its start, its lines, its end.
// Must never: start it again; whoever watches it does.
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Papo.Hub;

internal sealed class MosquittoProcess : IDisposable
{
    private const string NewSession = "/usr/bin/setsid";
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);
    private readonly Process _process;
    private readonly TimeProvider _time;
    private readonly Task _reading;
    private volatile string _lastLine = "";

    private MosquittoProcess(Process process, TimeProvider time, Action<string> said)
    {
        (_process, _time) = (process, time);
        Ended = process.WaitForExitAsync();
        _reading = Task.WhenAll(ReadAsync(process.StandardError, said), ReadAsync(process.StandardOutput, said));
    }

    /// <summary>The process.</summary>
    public Process Process => _process;

    /// <summary>Complete when it has ended.</summary>
    public Task Ended { get; }

    /// <summary>Its exit code; 128 and the signal's number where one ended it.</summary>
    public int Code => _process.ExitCode;

    /// <summary>The last line it wrote.</summary>
    public string LastLine => _lastLine;

    /// <summary>Starts it.</summary>
    /// <exception cref="MosquittoException">The system does not.</exception>
    public static MosquittoProcess Start(string program, string config, TimeProvider time, Action<string> said)
    {
        // In a session of its own: Ctrl+C is for the hub, which says goodbye first and stops its broker last.
        string[] command = File.Exists(NewSession) ? [NewSession, program, "-c", config] : [program, "-c", config];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C"; // the system's words for a full disk
        var process = new Process { StartInfo = start };
        try
        {
            process.Start();
            process.StandardInput.Close();
            return new MosquittoProcess(process, time, said);
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            process.Dispose();
            throw new MosquittoException(MosquittoProblem.DoesNotStart, failure.Message, failure);
        }
    }

    /// <summary>Waits until it takes connections; false when it ended or the time is over.</summary>
    public async Task<bool> AcceptsAsync(IPEndPoint listener, TimeSpan limit, CancellationToken cancellation)
    {
        var began = _time.GetTimestamp();
        while (!Ended.IsCompleted && _time.GetElapsedTime(began) < limit)
        {
            if (await AnswersAsync(listener, cancellation).ConfigureAwait(false))
            {
                return !Ended.IsCompleted;
            }

            await Task.Delay(LookAgain, _time, cancellation).ConfigureAwait(false);
        }

        return false;
    }

    /// <summary>Ends it: in order, so that it writes its data, and by force when that takes too long. False when force was needed.</summary>
    public async Task<bool> StopAsync(TimeSpan limit)
    {
        var inOrder = true;
        if (!Ended.IsCompleted)
        {
            PosixSignals.Terminate(_process);
            await Task.WhenAny(Ended, Task.Delay(limit, _time)).ConfigureAwait(false);
            inOrder = Ended.IsCompleted;
            if (!inOrder)
            {
                _process.Kill();
                await Ended.ConfigureAwait(false);
            }
        }

        await _reading.ConfigureAwait(false);
        return inOrder;
    }

    public void Dispose() => _process.Dispose();

    private static async Task<bool> AnswersAsync(IPEndPoint listener, CancellationToken cancellation)
    {
        var there = listener.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : listener.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : listener.Address;
        using var probe = new Socket(there.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await probe.ConnectAsync(new IPEndPoint(there, listener.Port), cancellation).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task ReadAsync(StreamReader lines, Action<string> said)
    {
        while (await lines.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            var clean = MosquittoLog.Clean(line);
            _lastLine = clean;
            said(clean);
        }
    }
}

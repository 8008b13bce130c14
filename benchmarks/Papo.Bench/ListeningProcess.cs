// Owns: a person in a process of its own who only listens, and says on demand what she has heard and what that has cost.
// Must never: leave the process or its home behind.
using System.Diagnostics;
using System.Globalization;
using Papo.Client.Wire;

namespace Papo.Bench;

/// <summary><c>Papo.Bench listen NAME BROKER</c>, started and asked.</summary>
internal sealed class ListeningProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ListeningProcess(Process process) => _process = process;

    /// <summary>The mode itself: a line out for each line in, until there are no more.</summary>
    public static async Task ListenAsync(string name, string address)
    {
        var broker = BrokerAddress.TryParse(address, out var parsed, out var problem) ? parsed : throw new InvalidOperationException(problem);
        var heard = 0;
        var home = Disk.All[0].MakeFolder();
        try
        {
            await using var person = await PapoPerson.OpenAsync(name, "chat", broker, home, heard: _ => Interlocked.Increment(ref heard));
            while (await Console.In.ReadLineAsync() is not null)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Volatile.Read(ref heard)} {Environment.CpuUsage.TotalTime.Ticks}"));
            }
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    public static ListeningProcess Start(string name, BrokerAddress broker)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        Array.ForEach([Path.Combine(AppContext.BaseDirectory, "Papo.Bench.dll"), "listen", name, broker.ToString()], start.ArgumentList.Add);
        return new ListeningProcess(Process.Start(start) ?? throw new InvalidOperationException("no second process"));
    }

    /// <summary>Messages heard so far, and the processor time spent so far.</summary>
    public async Task<(int Heard, TimeSpan Spent)> AskAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        await _process.StandardInput.FlushAsync();
        var answer = (await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the listener ended")).Split(' ');
        return (int.Parse(answer[0], CultureInfo.InvariantCulture), new TimeSpan(long.Parse(answer[1], CultureInfo.InvariantCulture)));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

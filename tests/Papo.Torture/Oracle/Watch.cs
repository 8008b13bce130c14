// Owns: the promise that must hold at every moment, also in the middle of a fault: what an author no longer keeps in his outbox, somebody else has on his disk; a second computer of his is nobody else.
// Must never: miss a broken promise because healing kept it later; so it looks while the world runs.
using Microsoft.Data.Sqlite;
using Papo.Protocol;
using Papo.Torture.World;

namespace Papo.Torture.Oracle;

/// <summary>Looks into the stores of a running world.</summary>
internal sealed class Watch(Cast cast) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _one = new(1);
    private readonly HashSet<EntryId> _broken = [];
    private readonly List<string> _violations = [];
    private Task _looking = Task.CompletedTask;

    /// <summary>The space of this world, once it is known.</summary>
    public SpaceId Space { get; private set; }

    public IReadOnlyList<string> Violations => _violations;

    public void Start(SpaceId space)
    {
        Space = space;
        _looking = LookOnAsync();
    }

    /// <summary>Looks once.</summary>
    public async Task LookAsync()
    {
        await _one.WaitAsync();
        try
        {
            Look();
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _looking;
        _stop.Dispose();
        _one.Dispose();
    }

    /// <summary>A store, or null while it is not there or cannot be read (a killed process left it to be recovered and its disk is full).</summary>
    public static Holdings? TryRead(string home, SpaceId space)
    {
        try
        {
            return Holdings.Find(home, space) is { } store ? Holdings.Read(store, space) : null;
        }
        catch (Exception busy) when (busy is SqliteException or IOException)
        {
            return null;
        }
    }

    private async Task LookOnAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await LookAsync();
            await Task.Delay(Interval, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Stores only grow: what is missing from all of them, read after the author's, was not there when he let it go.
    private void Look()
    {
        var suspects = new List<(Player Author, EntryId Id, string? Text)>();
        var told = cast.Ledger.Held;
        var first = cast.Players.ToDictionary(static player => player, player => TryRead(player.Home, Space));
        foreach (var (player, holdings) in first)
        {
            var own = (holdings?.Entries ?? []).Where(held => held.Entry is { Header: var header } && header.Account.ToString() == player.Account && holdings!.CopyOf(header.Device) == holdings.Copy).ToList();
            suspects.AddRange(own.Where(held => !holdings!.WaitingEntries.Contains(held.Id)).Select(held => (player, held.Id, held.Entry!.Header.Kind is EntryKind.Card or EntryKind.Commit ? held.Entry.Header.Kind.ToString() : held.Text)));
            suspects.AddRange(told.Where(held => held.Who == player.Name).Select(held => (player, held.Id, (string?)"shown as ✓✓")));
        }

        suspects.RemoveAll(suspect => _broken.Contains(suspect.Id) || first.Any(other => other.Key.Owner != suspect.Author.Owner && Has(other.Value, suspect.Id)));
        if (suspects.Count == 0)
        {
            return;
        }

        var second = cast.Players.Select(player => (Player: (Player?)player, Holdings: TryRead(player.Home, Space))).ToList();
        second.AddRange(cast.HubHomes.Select(home => ((Player?)null, TryRead(home, Space))));

        if (second.Any(static other => other.Holdings is null && other.Player is { Person.HasSmallDisk: true }))
        {
            return; // a full disk that cannot be read now may hold it
        }

        foreach (var (author, id, text) in suspects.Where(suspect => !second.Any(other => other.Player?.Owner != suspect.Author.Owner && Has(other.Holdings, suspect.Id))))
        {
            if (_broken.Add(id))
            {
                _violations.Add($"{author.Name}: let go of {id} (“{text}”) while nobody else held it");
            }
        }
    }

    private static bool Has(Holdings? holdings, EntryId id) => holdings?.Entries.Any(held => held.Id == id) ?? false;
}

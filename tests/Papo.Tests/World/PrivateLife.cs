// Owns: the long life of one private room: five people of whom three come and go, their comings in and out of the room, what they say, a broker that dies.
// Must never: decide by what a client shows who may read what; the commits under which things were sealed do.
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Papo.Client;
using Papo.Protocol;

namespace Papo.Tests.World;

/// <summary>ana made the room and decides who is in it; caio, davi and edu are on and off; flora is nobody there, and listens.</summary>
internal sealed partial class PrivateLife : IAsyncDisposable
{
    private const string Flora = "flora";
    private static readonly string[] Others = ["bia", "caio", "davi", "edu"];
    private static readonly string[] Unsteady = ["caio", "davi", "edu"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly Mosquitto _mosquitto;
    private readonly Dice _dice;
    private readonly Dictionary<string, TestHome> _homes;
    private readonly Dictionary<string, Member> _here = [];
    private readonly Dictionary<string, AccountId> _accounts = [];
    private readonly HashSet<string> _inside = ["ana"];
    private readonly Dictionary<string, (string Who, HashSet<string>? Inside)> _said = [];
    private Room _room = Room.General;

    private PrivateLife(Mosquitto mosquitto, ulong seed)
    {
        (_mosquitto, _dice) = (mosquitto, new Dice(seed));
        _homes = Others.Prepend("ana").Append(Flora).ToDictionary(static name => name, static _ => new TestHome());
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Everybody has come, ana has made the room, and flora has joined its topics.</summary>
    public static async Task<PrivateLife> BeginAsync(Mosquitto mosquitto, ulong seed)
    {
        var life = new PrivateLife(mosquitto, seed);
        try
        {
            await life.BeginAsync();
            return life;
        }
        catch
        {
            await life.DisposeAsync();
            throw;
        }
    }

    /// <summary>So many changes of who is in the room, with so many messages after each, and so many deaths of the broker in between.</summary>
    public async Task LiveAsync(int changes, int messagesEach, int deaths)
    {
        for (var at = 0; at < changes; at++)
        {
            if (at % (changes / deaths) == changes / deaths / 2)
            {
                await _mosquitto.RestartAsync();
            }

            if (_dice.Next(4) == 0)
            {
                await ComeOrGoAsync(Unsteady[_dice.Next(Unsteady.Length)]);
            }

            await ChangeAsync(Others[_dice.Next(Others.Length)]);
            for (var message = 0; message < messagesEach; message++)
            {
                await SpeakAsync();
            }
        }
    }

    /// <summary>Everybody is there, edu alone is out; when all who are in read all they may, or after a while, what is wrong.</summary>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        foreach (var name in Unsteady.Where(name => !_here.ContainsKey(name)))
        {
            await ComeOrGoAsync(name);
        }

        foreach (var name in Others.Where(name => _inside.Contains(name) == (name == "edu")))
        {
            await ChangeAsync(name);
        }

        await SpeakAsync();
        IReadOnlyList<string> lacking;
        var began = TimeProvider.System.GetTimestamp();
        while ((lacking = Lacking()).Count > 0 && TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            foreach (var name in _inside)
            {
                await _here[name].Client.HistoryAsync(_room, new HistoryQuery(int.MaxValue), TimeSpan.FromSeconds(3), Stop); // what lies before somebody came into the room comes when he looks
            }

            await Task.Delay(Interval, TimeProvider.System, Stop);
        }

        var differing = await DifferingAsync();
        await CloseAsync(); // a file that SQLite has open is not to be read beside it
        return [.. lacking, .. differing, .. TooMuch(), .. Mistaken()];
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        foreach (var home in _homes.Values)
        {
            home.Dispose();
        }
    }

    private async Task CloseAsync()
    {
        foreach (var member in _here.Values)
        {
            await member.DisposeAsync();
        }

        _here.Clear();
    }

    private async Task BeginAsync()
    {
        foreach (var (name, home) in _homes)
        {
            _here.Add(name, await Member.ArriveAsync(name, _mosquitto.Address, home.Path));
            _accounts.Add(name, _here[name].Client.Me.Account!.Value);
        }

        var ana = _here["ana"];
        foreach (var name in Others)
        {
            await ana.UntilAsync<PersonChanged>(change => change.Person.Who.Name == name);
        }

        Assert.Equal(NameProblem.None, DisplayName.TryParse("toca", out var title));
        _room = (await ana.Client.CreateRoomAsync(title!, sharesPast: false, Stop))!;
        await _here[Flora].Client.JoinAsync(_room, Stop);
    }

    private async Task ComeOrGoAsync(string name)
    {
        if (_here.Remove(name, out var member))
        {
            await member.DisposeAsync();
        }
        else
        {
            _here.Add(name, await Member.OpenAsync(name, _mosquitto.Address, _homes[name].Path));
        }
    }

    // ana tries until she can: the broker may be away.
    private async Task ChangeAsync(string name)
    {
        var (ana, isIn) = (_here["ana"].Client, !_inside.Contains(name));
        MemberResult result;
        var began = TimeProvider.System.GetTimestamp();
        while ((result = isIn ? await ana.InviteAsync(_room, name, Stop) : await ana.RemoveAsync(_room, name, Stop)) == MemberResult.NotConnected && TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            await Task.Delay(Interval, TimeProvider.System, Stop);
        }

        Assert.Equal(MemberResult.Done, result);
        _ = isIn ? _inside.Add(name) : _inside.Remove(name);
    }

    // Somebody who does not know yet that he is in, or out, is let say what he can; ana speaks where he can nothing.
    private async Task SpeakAsync()
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"fala{_said.Count:D4}");
        var name = Others.Append("ana").Where(_here.ContainsKey).ElementAt(_dice.Next(Others.Append("ana").Count(_here.ContainsKey)));
        if (name == "ana" || !_here[name].Client.Joined.Contains(_room) || (await _here[name].Client.SendAsync(_room, new Draft(words), Stop)).Problem is not null)
        {
            name = "ana";
            await _here[name].SayAsync(words, _room);
        }

        _said.Add(words, (name, name == "ana" ? [.. _inside] : null));
    }

    private Dictionary<string, HeldRoom> Stores() => _homes.ToDictionary(static home => home.Key, home => HeldRoom.Read(home.Value.Path, _room));


    private List<string> Lacking()
    {
        var stores = Stores();
        var ana = stores["ana"];
        var words = stores.Values.SelectMany(static store => store.Texts).Where(static text => text.Words is not null).DistinctBy(static text => text.Id).ToDictionary(static text => text.Id, static text => text.Words!);
        var all = _inside.SelectMany(name => stores[name].Texts).DistinctBy(static text => text.Id).Where(ana.Counts).ToList();
        var lacking = new List<string>();
        foreach (var name in _inside)
        {
            var held = stores[name].Texts.ToDictionary(static text => text.Id);
            lacking.AddRange(all.Where(text => ana.IsFor(_accounts[name], text) && held.GetValueOrDefault(text.Id)?.Words is null)
                .Select(text => $"{name} {(held.ContainsKey(text.Id) ? "cannot open" : "lacks")} {words.GetValueOrDefault(text.Id)}"));
        }

        var said = all.Select(text => words.GetValueOrDefault(text.Id)).ToHashSet();
        lacking.AddRange(_said.Where(item => _inside.Contains(item.Value.Who) && !said.Contains(item.Key)).Select(static item => $"nobody has {item.Key} of {item.Value.Who}"));
        return lacking;
    }

    // What two may read both list, in one order.
    private async Task<IReadOnlyList<string>> DifferingAsync()
    {
        var ana = HeldRoom.Read(_homes["ana"].Path, _room);
        var texts = ana.Texts.ToDictionary(static text => text.Id);
        var expected = await ListAsync("ana");
        var differing = new List<string>();
        foreach (var name in _inside)
        {
            var may = expected.Where(id => ana.IsFor(_accounts[name], texts[id])).ToList();
            var lists = await ListAsync(name);
            if (!lists.SequenceEqual(may))
            {
                differing.Add($"{name} lists {lists.Count} messages where {may.Count} of ana's are for {name}; {lists.Except(may).Count()} others");
            }
        }

        return differing;
    }

    private async Task<List<EntryId>> ListAsync(string name)
    {
        var page = await _here[name].Client.HistoryAsync(_room, new HistoryQuery(int.MaxValue), TimeSpan.Zero, Stop);
        return [.. page.Messages.Where(static message => message is { Id: not null, Text: not null }).Select(static message => message.Id!.Value)];
    }

    // In the tables, and as bytes anywhere in the files: nothing that was sealed while somebody was out.
    private List<string> TooMuch()
    {
        var stores = Stores();
        var texts = stores.Values.SelectMany(static store => store.Texts).Where(static text => text.Words is not null).DistinctBy(static text => text.Id).ToLookup(static text => text.Words!);
        bool MayHold(string name, string words) => _said[words].Who == name || texts[words].Any(text => stores["ana"].IsFor(_accounts[name], text));
        return
        [
            .. stores.SelectMany(store => store.Value.Texts.Where(text => text.Words is { } words && !MayHold(store.Key, words)).Select(text => $"{store.Key} has opened {text.Words}")),
            .. _homes.SelectMany(home => BytesOf(home.Value.Path).Where(words => !MayHold(home.Key, words)).Select(words => $"{home.Key}'s files contain {words}")),
        ];
    }

    // What ana said was sealed for those whom she had let in, and for nobody else.
    private List<string> Mistaken()
    {
        var ana = HeldRoom.Read(_homes["ana"].Path, _room);
        return [.. ana.Texts.Where(text => text.Words is not null && _said[text.Words].Inside is { } inside && !_accounts.All(account => ana.IsFor(account.Value, text) == inside.Contains(account.Key)))
            .Select(static text => $"{text.Words} of ana was sealed for others than those who were in")];
    }

    private static HashSet<string> BytesOf(string home) => [.. Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories)
        .SelectMany(static file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var text = new StreamReader(stream, Encoding.Latin1);
            return Spoken().Matches(text.ReadToEnd()).Select(static match => match.Value);
        })];

    [GeneratedRegex("fala[0-9]{4}")]
    private static partial Regex Spoken();
}

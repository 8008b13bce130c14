// Owns: who is in which room and who says something where: popular rooms are popular as words are (Zipf), in members and in talk.
// Must never: depend on anything but its sizes and its seed.
using System.Globalization;
using Papo.Protocol;

namespace Papo.Bench;

/// <summary>One message: who says it, in which room, and how many hear it.</summary>
internal sealed record Saying(int Speaker, Room Room, int Hearers);

/// <summary>Everybody is in a room of his neighbourhood and in some popular ones.</summary>
internal sealed class TownPlan
{
    private const int PopularRooms = 3;
    private readonly Dice _dice = new(11);
    private readonly double[] _upTo; // the part of all draws that falls on this room or a more popular one
    private readonly Room[] _rooms;
    private readonly List<int>[] _members;

    public TownPlan(int users, int rooms, int sayings)
    {
        var parts = Enumerable.Range(1, rooms).Select(static rank => 1.0 / rank).ToArray();
        var sum = 0.0;
        _upTo = [.. parts.Select(part => sum += part / parts.Sum())];
        _rooms = [.. Enumerable.Range(0, rooms).Select(static at => Room.TryParse(string.Create(CultureInfo.InvariantCulture, $"sala-{at}"), out var room) ? room : throw new InvalidOperationException())];
        _members = [.. _rooms.Select(static _ => new List<int>())];
        var visits = Enumerable.Range(0, users).Select(user => Enumerable.Range(0, PopularRooms).Select(_ => Draw()).Append(user % rooms).Distinct().ToArray()).ToArray();
        for (var user = 0; user < users; user++)
        {
            Array.ForEach(visits[user], at => _members[at].Add(user));
        }

        Visits = [.. visits.Select(at => at.Select(room => _rooms[room]).ToArray())];
        Sayings = [.. Enumerable.Range(0, sayings).Select(_ => Say())];
    }

    /// <summary>The rooms of each user.</summary>
    public IReadOnlyList<IReadOnlyList<Room>> Visits { get; }

    /// <summary>What is said, in order.</summary>
    public IReadOnlyList<Saying> Sayings { get; }

    /// <summary>How many are in the room with the most of them.</summary>
    public int Largest => _members.Max(static members => members.Count);

    private int Draw()
    {
        var drawn = _dice.Next();
        return Array.FindIndex(_upTo, part => part > drawn) is var at and >= 0 ? at : _upTo.Length - 1;
    }

    // Where nobody would hear it, nothing is said.
    private Saying Say()
    {
        while (true)
        {
            var room = Draw();
            if (_members[room] is { Count: > 1 } members)
            {
                return new Saying(members[_dice.Next(members.Count)], _rooms[room], members.Count - 1);
            }
        }
    }
}

// Owns: entries of many devices in many rooms, signed beforehand.
// Must never: sign while something is measured.
using System.Globalization;
using Papo.Protocol;

namespace Papo.Bench;

/// <summary>What a crowd says, in the order it says it.</summary>
internal sealed class SignedLoad
{
    private const long LongAgo = 600_000; // so that the rooms are older than whoever joins them
    private static readonly string[] Words = ["obra", "café", "reunião", "amanhã", "porto", "linha", "teste", "chuva", "rede", "jogo", "barco", "festa", "papel", "noite", "vento", "praia"];

    private SignedLoad(SpaceId space, IReadOnlyList<Entry> births, IReadOnlyList<Entry> texts) => (Space, Births, Texts) = (space, births, texts);

    public SpaceId Space { get; }

    /// <summary>Entry 0 of each log.</summary>
    public IReadOnlyList<Entry> Births { get; }

    /// <summary>The texts.</summary>
    public IReadOnlyList<Entry> Texts { get; }

    public static SignedLoad Make(SpaceId space, int devices, int rooms, int texts)
    {
        var start = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - texts - LongAgo;
        var people = Enumerable.Range(0, devices).Select(at => new SignedPerson(space, string.Create(CultureInfo.InvariantCulture, $"pessoa{at}"), start)).ToArray();
        var names = Enumerable.Range(0, rooms).Select(static at => Room.TryParse(at == 0 ? "general" : $"sala-{at}", out var room) ? room : throw new InvalidOperationException()).ToArray();
        var births = new List<Entry>();
        var said = new List<Entry>(texts);
        for (var at = 0; at < texts; at++)
        {
            var (person, room) = (people[at % devices], names[at / devices % rooms]);
            if (person.Begin(room, start) is { } birth)
            {
                births.Add(birth);
            }

            said.Add(person.Say(room, Text(at), start + at));
        }

        return new SignedLoad(space, births, said);
    }

    private static string Text(int at) => string.Create(CultureInfo.InvariantCulture, $"{at:D8} {Words[at % Words.Length]} {Words[at / 16 % Words.Length]} {Words[at / 256 % Words.Length]} no {Words[at / 7 % Words.Length]}");
}

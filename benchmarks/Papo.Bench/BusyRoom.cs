// Owns: what forty people say in a busy room: short lines, long ones, answers, code, links, reactions.
// Must never: depend on anything but its seed.
using System.Globalization;
using System.Text;
using Papo.Protocol;

namespace Papo.Bench;

/// <summary>An endless talk, the same in every run but for its keys.</summary>
internal sealed class BusyRoom
{
    /// <summary>How many people talk.</summary>
    public const int People = 40;

    private const int Recent = 30; // answers and reactions are about one of the last so many
    private static readonly string[] Names = ["ana", "bia", "caio", "davi", "elisa", "fábio", "gil", "helena", "ivo", "joana"];
    private static readonly string[] Words = ["a", "obra", "de", "café", "e", "reunião", "que", "amanhã", "o", "porto", "linha", "para", "teste", "chuva", "rede", "não", "jogo", "barco", "festa", "é", "papel", "noite", "vento", "com", "praia", "servidor", "às", "dez"];
    private static readonly string[] Whole =
    [
        "👍", "ok!", "**atenção**: o servidor reinicia às 22h", "veja https://example.org/manual/capítulo-3?x=1#fim", "```cs\nvar x = Lista.Where(static y => y > 3).ToList();\nConsole.WriteLine(x.Count); // três\n```",
        "> o barco sai às dez\nentão corram", "- pão\n- café\n- papel para a impressora", "漢字かな交じり文 também aparece aqui", "שלום ana, טקסט מימין לשמאל", "`git pull` e `./test`, depois me diga",
    ];

    private readonly Dice _dice = new(7);
    private readonly SignedPerson[] _people;
    private readonly List<EntryId> _said = [];

    public BusyRoom(SpaceId space, long madeAt) =>
        _people = [.. Enumerable.Range(0, People).Select(at => new SignedPerson(space, Names[at % Names.Length] + (at < Names.Length ? "" : (at / Names.Length).ToString(CultureInfo.InvariantCulture)), madeAt))];

    /// <summary>The next entry, with the begin of its author's log before it where that is new.</summary>
    public IEnumerable<Entry> Next(long at)
    {
        var person = _people[(int)(People * Math.Pow(_dice.Next(), 2))]; // some say much, most say little
        if (person.Begin(Room.General, at) is { } birth)
        {
            yield return birth;
        }

        var kind = _dice.Next(100);
        if (_said.Count > 0 && kind < 8)
        {
            yield return person.Say(Room.General, "👍", at, About(), EntryKind.Reaction);
            yield break;
        }

        var text = kind < 20 ? Whole[_dice.Next(Whole.Length)] : Sentence(2 + (int)(40 * Math.Pow(_dice.Next(), 4)));
        var said = person.Say(Room.General, text, at, kind is >= 20 and < 30 && _said.Count > 0 ? About() : null);
        _said.Add(said.Id);
        if (_said.Count > Recent)
        {
            _said.RemoveAt(0);
        }

        yield return said;
    }

    private EntryId About() => _said[_dice.Next(_said.Count)];

    private string Sentence(int words)
    {
        var text = new StringBuilder();
        for (var i = 0; i < words; i++)
        {
            text.Append(i > 0 ? " " : "").Append(_dice.Next(60) == 0 ? "@ana" : Words[_dice.Next(Words.Length)]);
        }

        return text.ToString();
    }
}

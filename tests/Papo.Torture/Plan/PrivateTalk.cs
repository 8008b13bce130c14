// Owns: what a seed draws about private rooms: who is let in and out, who writes to whom, and second processes of people.
// Must never: know what came of it; a step may fail for a fault before it.
using Papo.Protocol;

namespace Papo.Torture.Plan;

/// <summary>Steps in private rooms; the first of those who are present made the one they share.</summary>
internal sealed class PrivateTalk(Dice dice, Action<Step> add, Action<string> killOrRestart, Func<string, string> text, Func<string, string> computer)
{
    public static readonly string[] Emojis = ["👍", "🎉", "❤"];
    private const int MostBeside = 2;
    private static readonly EntryKind[] Amending = [EntryKind.Edit, EntryKind.Delete, EntryKind.Reaction, EntryKind.Text];
    private readonly HashSet<string> _admitted = [];
    private readonly List<string> _beside = [];

    /// <summary>The room is made, and two of three are let in.</summary>
    public void Begin(IReadOnlyList<Person> present)
    {
        add(new MakeDen(present[0].Name));
        foreach (var person in present.Skip(1).Where(_ => dice.Next(3) > 0))
        {
            Admit(present[0].Name, person.Name);
        }
    }

    /// <summary>Something happens there.</summary>
    public void Talk(IReadOnlyList<Person> present)
    {
        var (creator, who) = (present[0].Name, present[dice.Next(present.Count)]);
        switch (dice.Next(100))
        {
            case < 28:
                Admit(creator, present[1 + dice.Next(present.Count - 1)].Name);
                break;
            case < 48:
                var others = present.Where(other => other != who).ToList();
                add(new Whisper(Process(who.Name), others[dice.Next(others.Count)].Name, text(who.Name)));
                break;
            case < 56 when !who.HasSmallDisk && _beside.Count < MostBeside && !_beside.Contains(who.Name):
                _beside.Add(who.Name);
                add(new OpenBeside(who.Name));
                break;
            case < 60 when _beside.Count > 0:
                killOrRestart(WorldPlan.Beside(_beside[dice.Next(_beside.Count)]));
                break;
            case < 68:
                var kind = Amending[dice.Next(Amending.Length)];
                add(new Amend(computer(who.Name), kind, WorldPlan.Den, kind switch { EntryKind.Delete => "", EntryKind.Reaction => Emojis[dice.Next(Emojis.Length)], _ => text(who.Name) }, dice.Next()));
                break;
            default:
                var speaker = Speaker(creator, who.Name);
                add(new Say(Process(speaker), WorldPlan.Den, text(speaker)));
                break;
        }
    }

    // Mostly somebody who was let in: the creator's last word counts here, whether it came about shows only later.
    private string Speaker(string creator, string anybody)
    {
        List<string> members = [creator, .. _admitted.Order(StringComparer.Ordinal)];
        return dice.Next(8) == 0 ? anybody : members[dice.Next(members.Count)];
    }

    private void Admit(string creator, string whom)
    {
        var isIn = !_admitted.Remove(whom);
        _ = isIn && _admitted.Add(whom);
        add(new Admit(creator, whom, isIn));
    }

    private string Process(string who) => _beside.Contains(who) && dice.Next(2) == 0 ? WorldPlan.Beside(who) : computer(who);
}

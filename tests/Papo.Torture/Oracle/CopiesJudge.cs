// Owns: the verdict over second computers: what their owners were told of them is so.
// Must never: go by a name that somebody was not told to have taken.
using Papo.Protocol;

namespace Papo.Torture.Oracle;

/// <summary>Collects violations of what people were told about their computers.</summary>
internal static class CopiesJudge
{
    public static IReadOnlyList<string> Violations(Evidence evidence)
    {
        var violations = new List<string>();
        foreach (var linked in evidence.Witnesses.Where(static witness => witness.Holdings.Copy is not null))
        {
            var (owner, copy) = (linked.Owner, linked.Holdings.Copy!.Value);
            var listed = Newest(evidence, linked.Account)?.Copies.FirstOrDefault(listed => listed.Copy == copy);
            if (evidence.Ledger.WithRemoved.Contains(owner) && !evidence.IsRemoved(linked))
            {
                violations.Add($"{owner}: was told that {linked.Name} is off the account, and it is not");
            }

            if (listed is not null && evidence.IsRemoved(linked))
            {
                violations.Add($"{owner}: lists {linked.Name}, which is off the account");
            }

            if (listed is not null && evidence.Ledger.CopyNames.TryGetValue(owner, out var name) && listed.Name != name)
            {
                violations.Add($"{owner}: was told that {linked.Name} is called “{name}”, and it is “{listed.Name}”");
            }
        }

        return violations;
    }

    private static DeviceList? Newest(Evidence evidence, string? account) =>
        evidence.Witnesses.SelectMany(static witness => witness.Holdings.Lists).Where(list => list.Account.ToString() == account).MaxBy(static list => list.Counter);
}

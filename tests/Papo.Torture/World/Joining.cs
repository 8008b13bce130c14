// Owns: linking somebody's second computer as he would: the link of the first taken to the second, the code of the second typed at the first.
// Must never: wait longer than a person would, or link one twice.
using System.Globalization;
using Papo.Torture.Plan;

namespace Papo.Torture.World;

/// <summary>Between two computers of one person.</summary>
internal static class Joining
{
    /// <summary>Whether it came about; the process that is to die in between is told so first.</summary>
    public static async Task<bool> LinkAsync(Player first, Player second, string? death)
    {
        if (death is not null)
        {
            await (LinkingPoints.IsOfTheNew(death) ? second : first).Actor.AskAsync($"fault {death}");
        }

        if (await first.Actor.AskAsync("link") is not { Text: { } link } || await second.Actor.AskAsync($"follow {link}") is not { Text: { } code })
        {
            return false;
        }

        await first.Actor.AskAsync(string.Create(CultureInfo.InvariantCulture, $"confirm {code.Replace(" ", "", StringComparison.Ordinal)}"));
        return (await second.Actor.AskAsync("linked"))?.State is nameof(Client.LinkingResult.Done) or nameof(Client.LinkingResult.NotListedYet);
    }
}

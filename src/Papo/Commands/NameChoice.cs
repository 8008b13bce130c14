// Owns: who this is: the flag, the profile used last, or an answer.
// Must never: ask where nobody can answer, or ask twice what it already knows.
using Papo.Protocol;

namespace Papo.Commands;

/// <summary>Chooses the profile of a chat.</summary>
internal sealed class NameChoice(Surroundings around, GlobalOptions options, Entrance entrance, Questions questions)
{
    /// <summary>The name, or null when the terminal was closed at the question.</summary>
    public async Task<DisplayName?> ChooseAsync(CancellationToken cancellation)
    {
        var fallback = entrance.DefaultName();
        if (options.Name is not null || !around.MayAsk)
        {
            return fallback;
        }

        if (entrance.Home.LastUsed is null)
        {
            return await AskAsync(around.Words.NamePrompt(fallback.Text), fallback, cancellation);
        }

        if (!entrance.Home.InUse(fallback.Text))
        {
            return fallback;
        }

        around.Say(around.Words.ProfileInUse(fallback.Text));
        return await AskAsync(around.Words.WhoIsThisPrompt(fallback.Text), fallback, cancellation);
    }

    private async Task<DisplayName?> AskAsync(string question, DisplayName fallback, CancellationToken cancellation)
    {
        while (true)
        {
            var answer = await questions.AskAsync(question, cancellation);
            if (string.IsNullOrWhiteSpace(answer))
            {
                return answer is null ? null : fallback;
            }

            var problem = DisplayName.TryParse(answer, out var name);
            if (name is not null)
            {
                return name;
            }

            around.Say(around.Words.Name(problem));
        }
    }
}

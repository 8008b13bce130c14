// Owns: where a passphrase comes from: PAPO_PASSPHRASE, or the terminal without echo.
// Must never: show one, keep one, or wait for one where nobody can type.
namespace Papo.Commands;

/// <summary>Asks for passphrases.</summary>
internal sealed class Passphrases(Surroundings around, Questions questions)
{
    private const string Variable = "PAPO_PASSPHRASE";

    /// <summary>One that exists.</summary>
    /// <exception cref="CommandFailedException">Nobody can be asked.</exception>
    public async Task<string> AskAsync(string question, CancellationToken cancellation) => around.Variable(Variable) is { Length: > 0 } given
        ? given
        : await TypedAsync(question, cancellation);

    /// <summary>A new one, typed twice.</summary>
    /// <exception cref="CommandFailedException">Nobody can be asked, it is empty, or the two differ.</exception>
    public async Task<string> ChooseAsync(string question, CancellationToken cancellation)
    {
        if (around.Variable(Variable) is { Length: > 0 } given)
        {
            return given;
        }

        var first = await TypedAsync(question, cancellation);
        if (first.Length == 0)
        {
            throw new CommandFailedException(ExitCode.Refused, around.Words.PassphraseEmpty);
        }

        return await TypedAsync(around.Words.PassphraseAgain, cancellation) == first ? first : throw new CommandFailedException(ExitCode.Refused, around.Words.PassphrasesDiffer);
    }

    private async Task<string> TypedAsync(string question, CancellationToken cancellation) => around.MayAsk
        ? await questions.AskSecretAsync(question, cancellation)
        : throw new CommandFailedException(ExitCode.Refused, around.Words.PassphraseUnasked(Variable));
}

// Owns: what two people compare to know that no stranger stands between them.
// Must never: decide; whether the digits are equal the two people see.
namespace Papo.Client;

/// <summary>What there is to compare with somebody.</summary>
/// <param name="Who">Name, account, and whether it is verified.</param>
/// <param name="Groups">The safety number: twelve groups of five digits, the same at the other's.</param>
/// <param name="Verified">Since when it is verified; null where it is not.</param>
/// <param name="Namesakes">Others who bear the name of this verified person, of whom the user has not said yet that he knows them to be somebody else.</param>
public sealed record SafetyCheck(Author Who, IReadOnlyList<string> Groups, DateTimeOffset? Verified, IReadOnlyList<Author> Namesakes);

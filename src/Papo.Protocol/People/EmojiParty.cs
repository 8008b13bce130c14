// Owns: what one side of a comparison by emoji is.
// Must never: hold a secret.
namespace Papo.Protocol;

/// <summary>One side.</summary>
/// <param name="Account">The key that is compared.</param>
/// <param name="Device">The device that speaks for it.</param>
/// <param name="Key">Made for this comparison alone.</param>
public sealed record EmojiParty(PublicKey Account, DeviceId Device, ExchangeKey Key);

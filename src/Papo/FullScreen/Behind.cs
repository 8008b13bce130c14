// Owns: what of a picture a typed character can change besides the composer's text.
// Must never: be trusted for events other than typed characters.

namespace Papo.FullScreen;

/// <summary>Everything behind the composer that typing can touch: where it is the same before and after, only the composer has to be drawn.</summary>
internal readonly record struct Behind(
    ListBox? Box, (string, DateTimeOffset)? Flash, Conversation? Current, MessageItem? Chosen, (MessageItem, bool)? About, Standpoint? Bottom,
    bool Copying, bool Greeting, bool HasOffers, bool IsNormal, string Begun, ScreenLayout Layout, LayoutContext Context)
{
    /// <summary>As it is now.</summary>
    public static Behind Of(ScreenModel model) => new(
        model.Box, model.Flash, model.Current, model.Current?.Chosen, model.Current?.About, model.Current?.Bottom,
        model.Copying, model.Greeting, BoxView.HasOffers(model.Editor), model.IsNormal, model.Begun, model.Layout(), model.Context);
}

using System.Globalization;
using System.Text.Json;
using PilotPlatform.Localization;

namespace PilotPlatform.Notifications.Notifications;

/// <summary>What is needed to put a notification into words.</summary>
internal sealed record NotificationWording(string Key, string Values, string? ActorName, DateOnly? Due);

/// <summary>Puts notifications into words.</summary>
internal sealed class NotificationTexts(Texts texts)
{
    public (string Title, string Body) In(string language, NotificationWording wording)
    {
        var values = JsonSerializer.Deserialize<Dictionary<string, string>>(wording.Values)!.ToDictionary(v => v.Key, object? (v) => v.Value);
        values["actor"] = wording.ActorName ?? texts.GetIn(language, "Notifications:System");
        if (wording.Due is { } due)
        {
            values["due"] = due.ToString(language == "en" ? "yyyy-MM-dd" : "yyyy年M月d日", CultureInfo.InvariantCulture);
        }

        return (texts.GetIn(language, $"Notification:{wording.Key}.Title", values), texts.GetIn(language, $"Notification:{wording.Key}.Body", values));
    }
}

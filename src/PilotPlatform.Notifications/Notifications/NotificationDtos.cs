using PilotPlatform.Data;

namespace PilotPlatform.Notifications.Notifications;

/// <summary>A notification in the reader's language.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What happened.</param>
/// <param name="Body">The details and what is wanted.</param>
/// <param name="Link">The web app's route that deals with it.</param>
/// <param name="Due">By when.</param>
/// <param name="IsRead">Whether it was read.</param>
/// <param name="CreatedAt">When (UTC).</param>
internal sealed record NotificationDto(Guid Id, string Title, string Body, string Link, DateOnly? Due, bool IsRead, DateTime CreatedAt);

/// <summary>How many notifications wait to be read.</summary>
/// <param name="Count">How many.</param>
internal sealed record UnreadCountDto(int Count);

/// <summary>The list's parameters.</summary>
internal sealed class GetNotificationsInput : PagedInput
{
    /// <summary>Only those not yet read.</summary>
    public bool? UnreadOnly { get; init; }
}

using System.Globalization;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Emails;

/// <summary>
/// The texts of emails about accounts. The tokens in their links are created when the text is written.
/// </summary>
internal sealed class AccountEmailTexts(
    UserManager<User> users, Invitations invitations, TenantContexts contexts, PublicUrls urls)
{
    /// <returns>
    /// The content, and the email address as its owner entered it; null if there is nothing left to send.
    /// </returns>
    public async Task<(EmailContent Content, string Address)?> WriteAsync(
        AccountEmail email, CancellationToken cancellationToken)
    {
        if (email.InvitationId is { } invitation)
            return await InvitationAsync(invitation, cancellationToken) is { } asked ? (asked, email.Address) : null;
        if (email.ApiKeyId is { } key)
            return await KeyExpiryAsync(key, cancellationToken) is { } text ? (text, email.Address) : null;
        if (await users.FindByEmailAsync(email.Address) is not { } user)
            return null;
        var content = email.Kind switch
        {
            AccountEmailKind.SignUp => await SignUpAsync(user),
            AccountEmailKind.PasswordReset => await ResetAsync(user),
            AccountEmailKind.PasswordChanged => Notice(
                email, "Your password was changed", "The password of your account was changed"),
            AccountEmailKind.TotpDisabled => Notice(
                email, "Your authenticator app was turned off",
                "Signing in no longer requires a code from an authenticator app. Codes were turned off"),
            AccountEmailKind.PasskeyAdded => Notice(
                email, "A passkey was added", "A passkey that can sign in to your account was added"),
            var kind => throw new InvalidOperationException($"There is no text for {kind}."),
        };
        return (content, user.Email);
    }

    private async Task<EmailContent?> InvitationAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await invitations.IssueAsync(id, cancellationToken) is not var (open, token))
            return null;
        var (organization, role) = (open.Organization.Name, RoleNames.Of(open.Invitation.Role));
        return new EmailContent($"Join {organization} on Equaticket",
        [
            $"You have been invited to join {organization} on Equaticket as {role}:",
            $"{urls.Base}/dashboard/invitation?token={token}",
            "The link works once, for 7 days. If you did not expect this invitation, ignore this email.",
        ]);
    }

    /// <returns>Null if the key was revoked in the meantime.</returns>
    private async Task<EmailContent?> KeyExpiryAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        var found = await database.ApiKeys.IgnoreQueryFilters()
            .Where(key => key.Id == id && key.RevokedAt == null && key.ExpiresAt != null)
            .Join(
                database.Organizations, key => key.OrganizationId, owner => owner.Id,
                (key, owner) => new { key, owner })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return null;
        var (key, owner, mode) = (found.key, found.owner, found.key.Livemode ? "live" : "test");
        var end = key.ExpiresAt!.Value.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return new EmailContent($"API key {key.Name} expires soon",
        [
            $"The {mode} API key {key.Name} ({key.Prefix}…{key.LastFour}) of {owner.Name} expires on {end}.",
            "After that, its requests are rejected. Roll the key, and switch to the new one before then:",
            $"{urls.Base}/dashboard/{owner.Slug}/{mode}/settings/developer/api-keys/{key.Id}",
        ]);
    }

    private async Task<EmailContent> SignUpAsync(User user)
    {
        if (user.EmailConfirmedAt is not null)
        {
            return new EmailContent("You already have an account",
            [
                "Someone, probably you, tried to sign up with this email address. It already has an account.",
                $"Sign in: {urls.Base}/dashboard/sign-in",
                $"If you forgot the password, reset it: {urls.Base}/dashboard/forgot-password",
            ]);
        }

        var token = Uri.EscapeDataString(await users.GenerateEmailConfirmationTokenAsync(user));
        return new EmailContent("Confirm your email address",
        [
            "Confirm your email address to start using Equaticket:",
            $"{urls.Base}/dashboard/confirm?user={user.Id}&token={token}",
            "The link works for one day. If you did not sign up, ignore this email.",
        ]);
    }

    private async Task<EmailContent> ResetAsync(User user)
    {
        var token = Uri.EscapeDataString(await users.GeneratePasswordResetTokenAsync(user));
        return new EmailContent("Choose a new password",
        [
            "Choose a new password here:",
            $"{urls.Base}/dashboard/reset-password?user={user.Id}&token={token}",
            "The link works once, for one day. If you didn't request it, ignore this email. Your password won't "
            + "change.",
        ]);
    }

    /// <summary>Notifies users of a change to their account, in case they did not make it.</summary>
    private EmailContent Notice(AccountEmail email, string subject, string happened)
    {
        var time = email.CreatedAt.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return new EmailContent(subject,
        [
            $"{happened} on {time}.",
            "If that wasn't you, reset your password immediately and check your account:",
            $"{urls.Base}/dashboard/forgot-password",
        ]);
    }
}

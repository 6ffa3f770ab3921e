using System.CommandLine;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Host.Commands;

/// <summary><c>key list</c>.</summary>
internal static class KeyListing
{
    public static Command Create()
    {
        var org = CommandOptions.Organization();
        var json = CommandOptions.Json();
        var command = new Command("list", "List the keys of an organization, including revoked ones, newest first.")
        {
            org, json,
        };
        return command.OnDatabase(async (services, given, token) =>
        {
            var organization = await services.GetRequiredService<OrganizationRegistry>()
                .GetAsync(given.GetRequiredValue(org), token);
            await using var database = services.GetRequiredService<TenantContexts>().Lease(
                new TenantScope(organization.Id, Livemode: true));
            var keys =
                from key in database.ApiKeys
                join use in database.ApiKeyUses on key.Id equals use.ApiKeyId into uses
                from use in uses.DefaultIfEmpty()
                orderby key.CreatedAt descending, key.Id descending
                select new ListedKey(key, use == null ? (DateTimeOffset?)null : use.LastUsedAt);
            await CommandHost.PrintListAsync(
                given.GetValue(json), "keys", keys.AsAsyncEnumerable(), Json, Text, token);
        });
    }

    private static object Json(ListedKey listed) => new
    {
        listed.Key.Id,
        Mode = ModeOf(listed.Key),
        listed.Key.Prefix,
        listed.Key.LastFour,
        listed.Key.Name,
        Scopes = listed.Key.Scopes.Select(WireNames<Scope>.Of),
        CreatedAt = Rfc3339.Write(listed.Key.CreatedAt),
        LastUsedAt = Time(listed.LastUsedAt),
        ExpiresAt = Time(listed.Key.ExpiresAt),
        RevokedAt = Time(listed.Key.RevokedAt),
    };

    private static string Text(ListedKey listed) =>
        $"{listed.Key.Id}  {listed.Key.Prefix}…{listed.Key.LastFour}  {listed.Key.Name}  "
        + $"created {Rfc3339.Write(listed.Key.CreatedAt)}, last used {Time(listed.LastUsedAt) ?? "never"}"
        + (Time(listed.Key.ExpiresAt) is { } end ? $", expires {end}" : "")
        + (Time(listed.Key.RevokedAt) is { } revoked ? $", revoked {revoked}" : "");

    private static string ModeOf(ApiKey key) => WireNames<Mode>.Of(key.Livemode ? Mode.Live : Mode.Test);

    private static string? Time(DateTimeOffset? time) => time is { } known ? Rfc3339.Write(known) : null;

    private sealed record ListedKey(ApiKey Key, DateTimeOffset? LastUsedAt);
}

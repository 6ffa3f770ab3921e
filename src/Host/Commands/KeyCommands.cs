using System.CommandLine;
using System.CommandLine.Parsing;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Organizations;

namespace Equaticket.Host.Commands;

/// <summary><c>key list | create | revoke</c>.</summary>
internal static class KeyCommands
{
    private const string AllScopes = "all";

    public static Command Create() => new("key", "List, create, and revoke API keys.")
    {
        KeyListing.Create(),
        CreateKey(),
        RevokeKey(),
    };

    private static Command CreateKey()
    {
        var org = CommandOptions.Organization();
        var mode = CommandOptions.OneOf<Mode>("--mode", "Whether the key accesses live or test data.");
        var scopes = CommandOptions.Text(
            "--scopes", $"'all', or a comma-separated list of: {string.Join(',', WireNames<Scope>.All)}.");
        var name = CommandOptions.Text("--name", "The name of the key.", required: false);
        var expires = CommandOptions.Text(
            "--expires", "When the key expires, such as 2027-01-31T00:00:00Z.", required: false);
        var json = CommandOptions.Json();
        var command = new Command("create", "Create a key. It is shown only once.")
        {
            org, mode, scopes, name, expires, json,
        };
        return command.OnDatabase(async (services, given, token) =>
        {
            var wanted = new NewApiKey(
                given.GetValue(name) ?? "Command line",
                given.GetRequiredValue(mode) == WireNames<Mode>.Of(Mode.Live),
                ReadScopes(given.GetRequiredValue(scopes)),
                ReadTime(given.GetValue(expires)));
            var organization = await services.GetRequiredService<OrganizationRegistry>()
                .GetAsync(given.GetRequiredValue(org), token);
            await using var database = services.GetRequiredService<TenantContexts>().Lease(
                new TenantScope(organization.Id, wanted.Livemode));
            var created = await services.GetRequiredService<ApiKeyRegistry>()
                .CreateAsync(database, actor: null, wanted, token);
            Print(created, given.GetRequiredValue(mode), given.GetValue(json));
        });
    }

    private static Command RevokeKey()
    {
        var id = new Argument<Guid?>("ID")
        {
            Description = "The ID of the key. Without it, the key itself is read from standard input.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = ReadId,
        };
        var json = CommandOptions.Json();
        var command = new Command("revoke", "Revoke a key, immediately and permanently.") { id, json };
        return command.OnDatabase(async (services, given, token) =>
        {
            var known = given.GetValue(id)
                ?? await FindAsync(services, CommandInput.ReadSecret("API key"));
            var key = await RevokeAsync(services, known, token);
            var revokedAt = Rfc3339.Write(key.RevokedAt!.Value);
            CommandHost.Print(
                given.GetValue(json), new { key.Id, revokedAt }, $"{key.Id} revoked {revokedAt}");
        });
    }

    private static Guid? ReadId(ArgumentResult given)
    {
        if (Guid.TryParse(given.Tokens[0].Value, out var id))
            return id;
        given.AddError($"'{given.Tokens[0].Value}' is not the ID of a key.");
        return null;
    }

    private static async Task<Guid> FindAsync(IServiceProvider services, string key) =>
        await services.GetRequiredService<ApiKeyDirectory>().FindIdAsync(key)
            ?? throw ApiError.Validation(null, "The key on standard input is not in this database.");

    private static async Task<ApiKey> RevokeAsync(
        IServiceProvider services, Guid id, CancellationToken cancellationToken)
    {
        var contexts = services.GetRequiredService<TenantContexts>();
        var owner = await services.GetRequiredService<ApiKeyDirectory>()
            .OwnerOfAsync(id, cancellationToken) ?? throw ApiError.NotFound($"key: {id}");
        await using var database = contexts.Lease(owner);
        await using var transaction =
            await database.Database.BeginTransactionAsync(cancellationToken);
        var key = await services.GetRequiredService<ApiKeyRegistry>()
            .RevokeAsync(database, actor: null, id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return key;
    }

    private static void Print(CreatedApiKey created, string mode, bool asJson)
    {
        var (id, key) = (created.Key.Id, created.Secret.Text);
        var scopes = created.Key.Scopes.Select(WireNames<Scope>.Of).ToArray();
        var expiresAt = created.Key.ExpiresAt is { } end ? Rfc3339.Write(end) : null;
        CommandHost.Print(
            asJson,
            new { id, key, mode, scopes, expiresAt },
            $"{key}\nid {id}, {mode}, {string.Join(' ', scopes)}. The key is shown only once.");
    }

    private static IReadOnlyCollection<Scope> ReadScopes(string list) =>
        list == AllScopes
            ? Enum.GetValues<Scope>()
            : [.. list.Split(',', StringSplitOptions.TrimEntries).Select(ReadScope)];

    private static Scope ReadScope(string name) =>
        WireNames<Scope>.TryParse(name, out var scope)
            ? scope
            : throw ApiError.Validation(
                "scopes", $"'{name}' is not a scope. Use all, or any of: {string.Join(',', WireNames<Scope>.All)}");

    private static DateTimeOffset? ReadTime(string? text)
    {
        if (text is null)
            return null;
        return Rfc3339.Fault(text, out var time) is { } fault
            ? throw ApiError.Validation("expires", fault)
            : time;
    }
}

using System.Security.Cryptography;
using System.Text;
using GraphQL;
using Npgsql;

namespace Equaticket.Peer;

/// <summary>The key of a request.</summary>
internal sealed record Key(Guid Organization, bool Livemode);

/// <summary>The keys that are not revoked, by hash.</summary>
internal sealed class Keys
{
    private readonly Dictionary<string, Key> _keys = [];

    private Keys()
    {
    }

    public static async Task<Keys> ReadAsync(NpgsqlDataSource database)
    {
        var keys = new Keys();
        await using var command = database.CreateCommand(
            "SELECT organization_id, livemode, hash FROM api_keys WHERE revoked_at IS NULL");
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            keys._keys[Convert.ToHexString(rows.GetFieldValue<byte[]>(2))] =
                new Key(rows.GetGuid(0), rows.GetBoolean(1));
        }

        return keys;
    }

    public Key? Find(HttpContext http)
    {
        var secret = http.Request.Headers.Authorization.ToString()["Bearer ".Length..];
        return _keys.GetValueOrDefault(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret))));
    }
}

/// <summary>The state that the resolvers of one request share.</summary>
internal sealed class RequestContext(Key key) : Dictionary<string, object?>
{
    private readonly Dictionary<string, object> _batches = [];

    public Key Key => key;

    public static RequestContext Of(IResolveFieldContext context) => (RequestContext)context.UserContext;

    public Batch<T> Batch<T>(string name, Func<List<Guid>, Task<ILookup<Guid, T>>> fetch)
    {
        if (!_batches.TryGetValue(name, out var batch))
            _batches[name] = batch = new Batch<T>(fetch);
        return (Batch<T>)batch;
    }
}

using BenchmarkDotNet.Attributes;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Organizations;
using Equaticket.Schema.ApiKeys;

namespace Equaticket.Parts;

/// <summary>Checks an API key that the server has in its cache, and one with a wrong checksum.</summary>
public class KeyBenchmarks
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(20_000);
    private readonly KnownCallers _callers = new();
    private readonly ApiKeySecret _secret = ApiKeySecret.Create(livemode: true);

    [GlobalSetup]
    public void SetUp()
    {
        var organization = new Organization
        {
            Id = new Guid("0190f3a1-7c00-7000-8000-000000000001"),
            Slug = "org",
            Name = "Organization",
            Plan = Plan.Pro,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
        var key = new ApiKey
        {
            Id = new Guid("0190f3a1-7c00-7000-8000-000000000002"),
            OrganizationId = organization.Id,
            Livemode = true,
            Name = "Website",
            Hash = _secret.Hash,
            Prefix = _secret.Prefix,
            LastFour = _secret.LastFour,
            Scopes = [Scope.EventsRead],
            CreatedAt = Now,
        };
        _callers.SetListening(true);
        _callers.BeginRead(key.Hash)(new KnownKey(key, organization, Now));
        if (Known() is null)
            throw new InvalidOperationException("The key isn't in the cache.");
    }

    [Benchmark]
    public KnownKey? Known() =>
        ApiKeySecret.TryParse(_secret.Text, out var secret) ? _callers.Find(secret.Hash, Now) : null;

    [Benchmark]
    public bool WrongChecksum() => ApiKeySecret.TryParse($"{_secret.Text[..^6]}000000", out _);
}

using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Organizations;
using Equaticket.Schema.ApiKeys;

namespace Equaticket.Schema.Tests.ApiKeys;

public sealed class KnownCallersTests
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void A_key_is_cached_regardless_of_how_many_were_cached_before()
    {
        const int many = 100_001;
        var callers = new KnownCallers();
        callers.SetListening(true);
        var organization = NewOrganization();
        for (var number = 0; number < many; number++)
        {
            var known = NewKey(organization, number);
            callers.BeginRead(known.Key.Hash)(known);
        }

        Assert.NotNull(callers.Find(NewKey(organization, many - 1).Key.Hash, Start));
    }

    [Fact]
    public void The_key_cache_stays_within_its_capacity()
    {
        const int capacity = 10;
        var memory = new KeyMemory(capacity, MaxAge);
        var organization = NewOrganization();
        for (var number = 0; number < 10 * capacity; number++)
        {
            memory.Add($"{number}", NewKey(organization, number));
            Assert.InRange(memory.Count, 1, capacity);
            Assert.NotNull(memory.Find($"{number}", Start));
        }
    }

    [Fact]
    public void Unused_keys_are_evicted()
    {
        var memory = new KeyMemory(100, MaxAge);
        var organization = NewOrganization();
        for (var number = 0; number < 3; number++)
            memory.Add($"{number}", NewKey(organization, number, Start + (number * MaxAge)));
        Assert.Equal(2, memory.Count);
    }

    [Fact]
    public void A_key_that_changed_while_it_was_read_is_not_cached()
    {
        var callers = new KnownCallers();
        callers.SetListening(true);
        var known = NewKey(NewOrganization(), 1);
        var remember = callers.BeginRead(known.Key.Hash);
        callers.Forget(known.Key.Id);
        remember(known);
        Assert.Null(callers.Find(known.Key.Hash, Start));
    }

    private static Organization NewOrganization() =>
        new()
        {
            Id = Guid.Empty,
            Slug = "org",
            Name = "Org",
            Plan = Plan.Pro,
            CreatedAt = Start,
            UpdatedAt = Start,
        };

    private static KnownKey NewKey(
        Organization organization, int number, DateTimeOffset? readAt = null) => new(
        new ApiKey
        {
            Id = new Guid(number, 0, 0, new byte[8]),
            OrganizationId = organization.Id,
            Livemode = true,
            Name = "Key",
            Hash = BitConverter.GetBytes(number),
            Prefix = "sk_live_",
            LastFour = "0000",
            Scopes = [],
            CreatedAt = Start,
        },
        organization,
        readAt ?? Start);
}

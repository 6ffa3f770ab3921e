using GraphQL.Types;

namespace Equaticket.Schema.Tests.Nodes;

/// <summary>An id identifies one object, even if several types expose it.</summary>
public sealed class SharedIdTests : ApiTest
{
    /// <remarks>The configuration of Relay's store in docs/graphql.md recognizes these types by their prefix.</remarks>
    [Theory]
    [InlineData("Public", "PublicEvent, PublicTicketType")]
    [InlineData("Deleted", "DeletedTicketType, DeletedWebhook")]
    public void Types_that_share_ids_have_a_prefix_and_their_description_says_so(string prefix, string expected)
    {
        var types = Host.Get<ISchema>().AllTypes.OfType<IObjectGraphType>()
            .Where(type => type.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Where(type => type.Fields.Find("id") is not null)
            .OrderBy(type => type.Name, StringComparer.Ordinal).ToList();
        Assert.Equal(expected, string.Join(", ", types.Select(type => type.Name)));
        Assert.All(
            types,
            type => Assert.Contains("Its ID is that of", type.Description, StringComparison.Ordinal));
    }
}

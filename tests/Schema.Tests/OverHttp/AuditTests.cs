using Xunit.Abstractions;

namespace Equaticket.Schema.Tests.OverHttp;

[Trait("Category", "Tools")]
public sealed class AuditTests(ITestOutputHelper output) : ApiTest
{
    private const int Audits = 61;

    [Fact]
    public async Task Every_audit_of_graphql_over_http_passes()
    {
        var printed = await NodeFolder.GraphQLHttp.RunAsync(
            "audit.mjs", new Uri(Host.Address, "/graphql").AbsoluteUri);
        output.WriteLine(printed);
        var results = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Audits, results.Length);
        Assert.All(results, result => Assert.StartsWith("ok ", result, StringComparison.Ordinal));
    }
}

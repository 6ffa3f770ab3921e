using System.Text;
using Equaticket.Engine.Introspection;
using Equaticket.Http;
using GraphQL.Types;

namespace Equaticket.Host.GraphQL;

/// <summary><c>GET /graphql/schema.graphql</c>: returns the schema, for generators and registries.</summary>
internal sealed class SchemaEndpoint(ISchema schema)
{
    public const string Path = "/graphql/schema.graphql";

    private readonly StaticAnswer _answer = new(
        "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(SchemaText.Print(schema)));

    public Task HandleAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = PublicCors.CacheControl;
        return _answer.SendAsync(http);
    }
}

using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Equaticket.Engine.Execution;
using Equaticket.RestFacade.Operations;
using Equaticket.Schema;
using GraphQL.Types;
using GraphQL.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Parts;

/// <summary>
/// Binds the body of <c>POST /api/v1/events</c> to variables, and the variables to the arguments of its operation.
/// </summary>
public class BinderBenchmarks
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        """
        {"title": "Spring Workshop", "slug": "spring-workshop", "timezone": "America/Chicago",
         "starts_at": "2026-09-15T18:00:00Z", "currency": "usd"}
        """);

    private readonly HttpRequest _request = new DefaultHttpContext().Request;
    private readonly JsonElement _body = JsonDocument.Parse(Body).RootElement;
    private RestOperation _operation = null!;
    private OperationRunner _runner = null!;
    private Dictionary<string, object?> _variables = null!;

    [GlobalSetup]
    public async Task SetUp()
    {
        var services = new ServiceCollection().AddLogging().AddEquaticketSchema().AddSingleton<OperationCatalog>()
            .BuildServiceProvider();
        _operation = services.GetRequiredService<OperationCatalog>().Operations
            .Single(operation => operation.Route.Operation == "CreateEvent");
        _runner = new OperationRunner(services.GetRequiredService<ISchema>(), services);
        _variables = Variables();
        if (await Arguments() is not { IsValid: true })
            throw new InvalidOperationException("The body is invalid.");
    }

    [Benchmark]
    public JsonDocument Parse() => JsonDocument.Parse(Body);

    [Benchmark]
    public Dictionary<string, object?> Variables() => _operation.Binder.Bind(_request, _body);

    [Benchmark]
    public Task<IValidationResult> Arguments() =>
        _runner.CoerceAsync(_operation.Operation, _variables, CancellationToken.None);
}

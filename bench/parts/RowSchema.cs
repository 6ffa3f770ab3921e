using Equaticket.Engine.Access;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Fields;
using Equaticket.Engine.Introspection;
using GraphQL.Execution;
using GraphQL.MicrosoftDI;
using GraphQL.Types;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Parts;

/// <summary>A row of the benchmarks' schema.</summary>
internal sealed record Row(Guid Id, int Number, string Status, string Buyer, DateTimeOffset CreatedAt);

/// <summary>A schema on the product's engine whose only list is in memory.</summary>
internal sealed class RowSchema : GraphQL.Types.Schema
{
    public const string Fields =
        "id number status buyer createdAt a: id b: number c: status d: buyer e: createdAt f: id";

    private const int Rows = 50;
    private readonly OperationAccess _access;

    private RowSchema(IServiceProvider services)
        : base(new SelfActivatingServiceProvider(services))
    {
        Directives.Register(new SpecifiedByDirective());
        Query = new QueryGraphType();
        Initialize();
        _access = new OperationAccess(this, new AccessRules(this, _ => Everyone.Instance));
        Runner = new OperationRunner(this, services);
    }

    public OperationRunner Runner { get; }

    public static RowSchema Create()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IGraphTypeMappingProvider>(new LeafTypes(typeof(EnumerationGraphType<>)));
        return new RowSchema(services.BuildServiceProvider());
    }

    public Operation Operation(string text)
    {
        var document = new GraphQLDocumentBuilder().Build(text);
        return new Operation(document, document.Definitions.OfType<GraphQLOperationDefinition>().Single(), _access);
    }

    private sealed class QueryGraphType : ObjectGraphType
    {
        public QueryGraphType()
        {
            Name = "Query";
            var rows = Enumerable.Range(1, Rows).Select(RowOf).ToArray();
            Field<NonNullGraphType<ListGraphType<NonNullGraphType<RowGraphType>>>>("orders").Resolve(_ => rows);
        }

        private static Row RowOf(int number) => new(
            new Guid(number, 1, 2, new byte[8]),
            number,
            "confirmed",
            $"buyer{number}@example.com",
            DateTimeOffset.UnixEpoch.AddDays(number));
    }

    private sealed class RowGraphType : ObjectGraphType<Row>
    {
        public RowGraphType()
        {
            Name = "Order";
            this.Leaf("id", "The ID.", row => row.Id);
            this.Leaf("number", "The number.", row => row.Number);
            this.Leaf("status", "The status.", row => row.Status);
            this.Leaf("buyer", "The buyer's email address.", row => row.Buyer);
            this.Leaf("createdAt", "When it was created.", row => row.CreatedAt);
        }
    }

    private sealed class Everyone : IAccess
    {
        public static Everyone Instance { get; } = new();

        public ApiError? Refusal(ICaller caller) => null;
    }
}

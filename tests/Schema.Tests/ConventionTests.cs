using System.Linq.Expressions;
using System.Reflection;
using Equaticket.Engine.Nodes;
using Equaticket.Persistence;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Tests.Fields;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema.Tests;

/// <summary>The rules of CONTRIBUTING.md for every type and field of the schema.</summary>
public sealed class ConventionTests : ApiTest
{
    /// <summary>
    /// Scalars and enums that can't be declared with <c>Leaf</c>, and what they need in addition to their row.
    /// </summary>
    private static readonly Dictionary<string, string> NeedMoreThanTheirRow = new()
    {
        ["ApiKey.createdBy"] = "a loader",
        ["ApiKey.isActive"] = "the clock",
        ["ApiKey.lastAddress"] = "a loader",
        ["ApiKey.lastUsedAt"] = "a loader",
        ["ApiKey.lastUserAgent"] = "a loader",
        ["Attendee.qrSvg"] = "the key that signs tickets",
        ["Attendee.qrText"] = "the key that signs tickets",
        ["Event.url"] = "the organization of the caller",
        ["Order.requestId"] = "a loader",
        ["PublicCheckout.clientSecret"] = "Stripe",
        ["PublicCheckout.publishableKey"] = "the configuration of Stripe",
        ["PublicEvent.isOver"] = "the clock",
        ["PublicEvent.url"] = "the public address of the request",
        ["PublicTicket.qrSvg"] = "the key that signs tickets",
        ["PublicTicket.qrText"] = "the key that signs tickets",
        ["WebhookDelivery.nextAttemptAt"] = "a loader",
        ["WebhookDelivery.payload"] = "a loader",
        ["WebhookDelivery.requestId"] = "a loader",
    };

    private static readonly string[] SpecifiedScalars = ["Boolean", "Float", "ID", "Int", "String"];

    private ISchema Schema => Host.Get<ISchema>();

    /// <summary>All types except those of the GraphQL specification, which clients know.</summary>
    private IEnumerable<IGraphType> Types => Schema.AllTypes.Where(type =>
        !type.Name.StartsWith("__", StringComparison.Ordinal) && !SpecifiedScalars.Contains(type.Name));

    private IEnumerable<IObjectGraphType> Objects => Types.OfType<IObjectGraphType>();

    private IObjectGraphType[] Roots => [Schema.Query, Schema.Mutation!, Schema.Subscription!];

    [Fact]
    public void Every_type_field_argument_enum_value_and_directive_is_described() =>
        Assert.Empty(Described().Where(member => string.IsNullOrWhiteSpace(member.Description))
            .Select(member => member.Name));

    [Fact]
    public void The_members_of_every_enum_count_up_from_zero() =>
        Assert.DoesNotContain(
            new[] { typeof(EquaticketDbContext), typeof(NodeInterface), typeof(OperationContext) }
                .SelectMany(type => type.Assembly.GetTypes()).Where(type => type.IsEnum),
            type => type.GetEnumUnderlyingType() != typeof(int)
                || !Enum.GetValues(type).Cast<int>().SequenceEqual(Enumerable.Range(0, Enum.GetNames(type).Length)));

    [Fact]
    public void Every_root_field_and_every_node_type_declares_access()
    {
        var nodes = Objects.Where(type => type.ResolvedInterfaces.OfType<NodeInterface>().Any()).ToList();
        Assert.NotEmpty(nodes);
        Assert.Empty(nodes.Where(type => FieldAccess.Read(type) is null).Select(type => type.Name));
        Assert.Empty(Roots.SelectMany(root => root.Fields).Where(field => FieldAccess.Read(field) is null)
            .Select(field => field.Name));
    }

    [Fact]
    public void Every_scalar_and_enum_of_an_object_is_a_leaf_or_needs_more_than_its_row() =>
        Assert.Equal(
            NeedMoreThanTheirRow.Keys.Order(StringComparer.Ordinal),
            from type in Objects.Except(Roots)
            from field in type.Fields
            where field.ResolvedType!.GetNamedType() is ScalarGraphType && field.RowExpression() is null
            let name = $"{type.Name}.{field.Name}"
            where !name.EndsWith("Connection.totalCount", StringComparison.Ordinal)
            orderby name
            select name);

    [Fact]
    public void A_row_expression_depends_only_on_its_row() =>
        Assert.All(RowFields(), field =>
        {
            var captured = new Captured();
            captured.Visit(field.RowExpression());
            Assert.Empty(captured.Values);
        });

    /// <remarks>The compiler enforces the reverse: <c>Leaf</c> accepts no nullable expression.</remarks>
    [Fact]
    public void An_optional_leaf_reads_a_nullable_value()
    {
        var nullability = new NullabilityInfoContext();
        Assert.Empty(
            from field in RowFields()
            where field.ResolvedType is not NonNullGraphType
            let member = (field.RowExpression()!.Body as MemberExpression)?.Member as PropertyInfo
            where member is not null && nullability.Create(member).ReadState == NullabilityState.NotNull
            select $"{member.DeclaringType!.Name}.{member.Name}");
    }

    private List<FieldType> RowFields()
    {
        var fields = Objects.SelectMany(type => type.Fields).Where(field => field.RowExpression() is not null).ToList();
        Assert.NotEmpty(fields);
        return fields;
    }

    private IEnumerable<(string Name, string? Description)> Described() =>
    [
        ("schema", Schema.Description),
        .. from directive in Schema.Directives
           from member in Members($"@{directive.Name}", directive, [], directive.Arguments)
           select member,
        .. from type in Types
           from member in Members(type.Name, type, (type as EnumerationGraphType)?.Values, null)
           select member,
        .. from type in Types.OfType<IComplexGraphType>()
           from field in type.Fields
           from member in Members($"{type.Name}.{field.Name}", field, [], field.Arguments)
           select member,
    ];

    private static IEnumerable<(string Name, string? Description)> Members(
        string name,
        IProvideDescription self,
        IEnumerable<EnumValueDefinition>? values,
        IEnumerable<QueryArgument>? arguments) =>
    [
        (name, self.Description),
        .. (values ?? []).Select(value => ($"{name}.{value.Name}", value.Description)),
        .. (arguments ?? []).Select(argument => ($"{name}({argument.Name})", argument.Description)),
    ];

    /// <summary>Collects what a lambda captures: closures and other objects that aren't literals.</summary>
    private sealed class Captured : ExpressionVisitor
    {
        public List<object> Values { get; } = [];

        protected override Expression VisitConstant(ConstantExpression node)
        {
            if (node.Value is { } value && !value.GetType().IsPrimitive && value is not (string or Enum))
                Values.Add(value);
            return node;
        }
    }
}

using GraphQL;
using GraphQL.Types;

namespace Equaticket.Engine.Execution;

/// <summary>Passes the running operation's object of the parameter's type to a resolver.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromOperationAttribute : GraphQLAttribute
{
    public override void Modify(ArgumentInformation argumentInformation)
    {
        var key = OperationObjects.Key(argumentInformation.ParameterInfo.ParameterType);
        argumentInformation.SetDelegateWithCast(context => context.UserContext[key]);
    }
}

/// <summary>
/// The objects of one operation, at most one of each type. They form GraphQL.NET's user context,
/// together with the operation's loaders.
/// </summary>
public static class OperationObjects
{
    /// <returns>The operation's object of this type; null if it has none.</returns>
    public static T? Find<T>(IResolveFieldContext context)
        where T : class =>
        context.UserContext.TryGetValue(Key(typeof(T)), out var found) ? (T?)found : null;

    internal static Dictionary<string, object?> Of(IEnumerable<object> objects) =>
        objects.Append(new BatchLoaders()).ToDictionary(item => Key(item.GetType()), item => (object?)item);

    internal static string Key(Type type) => type.Name;
}

using GraphQL;
using GraphQL.Types;

namespace Equaticket.Engine.Execution;

/// <summary>Passes a resolver the object of its parameter's type that belongs to the running operation.</summary>
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
/// The objects that belong to one operation, one of each type. They make up GraphQL.NET's user context,
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

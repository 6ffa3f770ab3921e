namespace Equaticket.Schema.Tests.Validation.Generated;

/// <summary>Makes the random choices for one document.</summary>
/// <param name="random">The source of randomness.</param>
/// <param name="mistakes">The probability that a choice is a mistake, from 0 to 1.</param>
internal sealed class Chance(Random random, double mistakes)
{
    public Random Random => random;

    public bool Of(double likelihood) => random.NextDouble() < likelihood;

    /// <summary>Whether to make a mistake.</summary>
    public bool Mistake() => Of(mistakes);

    public int UpTo(int max) => random.Next(max + 1);

    public T One<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}

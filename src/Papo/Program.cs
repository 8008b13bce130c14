Console.WriteLine("papo");

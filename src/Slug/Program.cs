Console.WriteLine("slug");
